package dev.muster.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may ask: everyone for the documentation and the health, the operator for the figures,
 * accounts for the rest.
 */
@Configuration(proxyBeanMethods = false)
class Security {

  @Bean
  SecurityFilterChain accountsOnly(HttpSecurity http, Authenticator authenticator, Gate gate) {
    return http.authenticationProvider(authenticator)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/v3/api-docs/**",
                        "/v3/api-docs.yaml",
                        "/docs",
                        "/swagger-ui/**",
                        "/actuator/health/**",
                        "/error")
                    .permitAll()
                    // What it shows is of all tenants.
                    .requestMatchers("/actuator/**")
                    .hasAuthority(Authenticator.OPERATOR)
                    // Workers come with tokens, which that door checks itself.
                    .requestMatchers("/v1/wschannels")
                    .permitAll()
                    // A stolen API key must not be able to make itself successors, nor to have
                    // calls made by another.
                    .requestMatchers("/2010-04-01/**", "/muster/v1/Telephony")
                    .hasAuthority(Authenticator.OWNS_ACCOUNT)
                    .anyRequest()
                    .authenticated())
        .httpBasic(basic -> basic.authenticationEntryPoint(gate))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(gate).accessDeniedHandler(gate))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // Without sessions, and with a challenge that no browser remembers (see Gate), a foreign
        // page has no credentials to ride on.
        .csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .build();
  }
}
