package dev.muster.channel;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.muster.account.AccountSid;
import dev.muster.account.Accounts;
import dev.muster.account.ApiKeys;
import dev.muster.account.KeySid;
import dev.muster.account.Secret;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks tokens as the official libraries make them: access tokens, signed with the secret of an
 * API key, and capability tokens, signed with the account's auth token. The algorithm is HS256,
 * whatever a token says.
 */
@Component
class Tokens {

  private static final int INVALID = 20101;
  private static final int EXPIRED = 20104;
  private static final long LONGEST = 65_536;

  private final Accounts accounts;
  private final ApiKeys keys;
  private final Grants grants;
  private final Clock clock;

  Tokens(Accounts accounts, ApiKeys keys, Grants grants, Clock clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.grants = grants;
    this.clock = clock;
  }

  /**
   * What the token allows.
   *
   * @throws Refused as unauthenticated if it is no token of an active account, is expired, or names
   *     a workspace or worker that is not the account's
   */
  Pass read(@Nullable String token) {
    if (token == null || token.isBlank() || token.length() > LONGEST) {
      throw invalid("a token, but none came");
    }
    try {
      var signed = SignedJWT.parse(token);
      var claims = Objects.requireNonNullElseGet(signed.getJWTClaimsSet(), Tokens::nothing);
      checkSignature(signed, claims);
      checkTime(claims);
      return isKey(claims) ? grants.ofAccess(claims) : grants.ofCapability(claims);
    } catch (ParseException | IllegalArgumentException unreadable) {
      throw invalid("a readable token, but: " + unreadable.getMessage());
    } catch (JOSEException unusable) {
      throw invalid("a token that can be checked, but: " + unusable.getMessage());
    }
  }

  private void checkSignature(SignedJWT token, JWTClaimsSet claims) throws JOSEException {
    var algorithm = token.getHeader().getAlgorithm();
    if (!JWSAlgorithm.HS256.equals(algorithm)) {
      throw invalid("a token signed with HS256, but it says " + algorithm);
    }
    var secret =
        secret(claims)
            .orElseThrow(() -> invalid("a token of an active account, but it is of none"));
    if (!token.verify(new MACVerifier(secret.value().getBytes(StandardCharsets.UTF_8)))) {
      throw invalid("a token signed with its issuer's secret, but the signature is another");
    }
  }

  /** The secret of whom the token names as its issuer. */
  private Optional<Secret> secret(JWTClaimsSet claims) {
    var issuer = Objects.requireNonNullElse(claims.getIssuer(), "");
    var account = isKey(claims) ? Objects.requireNonNullElse(claims.getSubject(), "") : issuer;
    if (!Sid.is("AC", account) || !accounts.isActive(new AccountSid(account))) {
      return Optional.empty();
    }
    return isKey(claims)
        ? keys.secret(new AccountSid(account), new KeySid(issuer))
        : Optional.of(accounts.authToken(new AccountSid(account)));
  }

  private void checkTime(JWTClaimsSet claims) {
    var now = Date.from(clock.instant());
    if (claims.getExpirationTime() == null || !claims.getExpirationTime().after(now)) {
      throw Refused.withCode(
          Refusal.UNAUTHENTICATED,
          EXPIRED,
          "Expected a token that has not expired, but its end is %s"
              .formatted(
                  claims.getExpirationTime() == null
                      ? "missing"
                      : claims.getExpirationTime().toInstant()));
    }
    if (claims.getNotBeforeTime() != null && claims.getNotBeforeTime().after(now)) {
      throw invalid(
          "a token that holds already, but it begins at " + claims.getNotBeforeTime().toInstant());
    }
  }

  private static boolean isKey(JWTClaimsSet claims) {
    return Sid.is("SK", Objects.requireNonNullElse(claims.getIssuer(), ""));
  }

  private static JWTClaimsSet nothing() {
    return new JWTClaimsSet.Builder().build();
  }

  static Refused invalid(String expectation) {
    return Refused.withCode(Refusal.UNAUTHENTICATED, INVALID, "Expected " + expectation);
  }
}
