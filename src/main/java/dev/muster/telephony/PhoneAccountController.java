package dev.muster.telephony;

import dev.muster.account.AccountSid;
import dev.muster.account.Secret;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.Refused;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connects the calling account with its telephone company. An API key may not. */
@RestController
@RequestMapping("/muster/v1/Telephony")
class PhoneAccountController {

  private static final URI TWILIO = URI.create("https://api.twilio.com");

  /**
   * All of it every time, so that nobody can have a token that is stored here sent elsewhere.
   *
   * @param baseUrl where the Calls API is; Twilio's if absent
   */
  record PhoneAccountForm(
      @NotNull AccountSid accountSid,
      @NotBlank @Size(max = 256) String authToken,
      @Nullable URI baseUrl) {}

  private final PhoneAccounts accounts;

  PhoneAccountController(PhoneAccounts accounts) {
    this.accounts = accounts;
  }

  @PostMapping
  PhoneAccountBody update(AccountSid caller, @Form PhoneAccountForm form, BaseUrl base) {
    var baseUrl = form.baseUrl() == null ? TWILIO : plain(form.baseUrl());
    var token = new Secret(form.authToken());
    return PhoneAccountBody.of(accounts.set(caller, form.accountSid(), token, baseUrl), base);
  }

  @GetMapping
  PhoneAccountBody fetch(AccountSid caller, BaseUrl base) {
    return PhoneAccountBody.of(accounts.get(caller), base);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(AccountSid caller) {
    accounts.delete(caller);
  }

  /** Paths are put behind it. */
  private static URI plain(URI baseUrl) {
    if (baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw Refused.invalid(
          "Expected BaseUrl to be a URL without user, query and fragment, but it has one");
    }
    return URI.create(baseUrl.toString().replaceFirst("/+$", ""));
  }
}
