package dev.muster.account;

import dev.muster.web.Answers;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/2010-04-01")
class AccountController {

  record NewAccount(@Nullable @Size(max = 64) String friendlyName) {}

  record AccountChange(
      @Nullable @Size(min = 1, max = 64) String friendlyName, @Nullable AccountStatus status) {}

  record AccountFilter(@Nullable String friendlyName, @Nullable AccountStatus status) {}

  private final Accounts accounts;

  AccountController(Accounts accounts) {
    this.accounts = accounts;
  }

  @PostMapping("/Accounts.json")
  ResponseEntity<AccountBody> create(AccountSid caller, @Form NewAccount form) {
    return Answers.created(AccountBody.of(accounts.create(caller, form.friendlyName)));
  }

  @GetMapping("/Accounts.json")
  Map<String, Object> list(AccountSid caller, @Form AccountFilter filter, PageRequest page) {
    var found = accounts.list(caller, filter.friendlyName, filter.status, page);
    return PageBody.of2010("accounts", found.map(AccountBody::of));
  }

  @GetMapping("/Accounts/{Sid}.json")
  AccountBody fetch(AccountSid caller, @PathVariable("Sid") AccountSid sid) {
    return AccountBody.of(accounts.get(caller, sid));
  }

  @PostMapping("/Accounts/{Sid}.json")
  AccountBody update(
      AccountSid caller, @PathVariable("Sid") AccountSid sid, @Form AccountChange form) {
    return AccountBody.of(accounts.update(caller, sid, form.friendlyName, form.status));
  }
}
