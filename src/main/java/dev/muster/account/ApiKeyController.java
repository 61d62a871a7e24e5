package dev.muster.account;

import dev.muster.web.Answers;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every path names an account that the caller is or owns; any other is answered with 404. */
@RestController
@RequestMapping("/2010-04-01/Accounts/{AccountSid}")
class ApiKeyController {

  record KeyForm(@Nullable @Size(max = 64) String friendlyName) {}

  private final Accounts accounts;
  private final ApiKeys keys;

  ApiKeyController(Accounts accounts, ApiKeys keys) {
    this.accounts = accounts;
    this.keys = keys;
  }

  @PostMapping("/Keys.json")
  ResponseEntity<ApiKeyBody> create(
      AccountSid caller, @PathVariable("AccountSid") AccountSid account, @Form KeyForm form) {
    var managed = accounts.get(caller, account).sid();
    return Answers.created(ApiKeyBody.of(keys.create(managed, form.friendlyName)));
  }

  @GetMapping("/Keys.json")
  Map<String, Object> list(
      AccountSid caller, @PathVariable("AccountSid") AccountSid account, PageRequest page) {
    var managed = accounts.get(caller, account).sid();
    return PageBody.of2010("keys", keys.list(managed, page).map(ApiKeyBody::of));
  }

  @GetMapping("/Keys/{Sid}.json")
  ApiKeyBody fetch(
      AccountSid caller,
      @PathVariable("AccountSid") AccountSid account,
      @PathVariable("Sid") KeySid sid) {
    var managed = accounts.get(caller, account).sid();
    return ApiKeyBody.of(keys.get(managed, sid));
  }

  @PostMapping("/Keys/{Sid}.json")
  ApiKeyBody update(
      AccountSid caller,
      @PathVariable("AccountSid") AccountSid account,
      @PathVariable("Sid") KeySid sid,
      @Form KeyForm form) {
    var managed = accounts.get(caller, account).sid();
    return ApiKeyBody.of(keys.rename(managed, sid, form.friendlyName));
  }

  @DeleteMapping("/Keys/{Sid}.json")
  ResponseEntity<Void> delete(
      AccountSid caller,
      @PathVariable("AccountSid") AccountSid account,
      @PathVariable("Sid") KeySid sid) {
    var managed = accounts.get(caller, account).sid();
    keys.delete(managed, sid);
    return ResponseEntity.noContent().build();
  }
}
