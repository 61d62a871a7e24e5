package dev.muster.account;

import static com.twilio.rest.api.v2010.Account.Status.CLOSED;
import static com.twilio.rest.api.v2010.Account.Status.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Key;
import com.twilio.rest.api.v2010.account.NewKey;
import dev.muster.web.ApiTest;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.TemporalUnitLessThanOffset;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.Test;

class AccountsTest extends ApiTest {

  @Test
  void areCreatedByTheFirstAccountWhichAloneSeesTheToken() {
    var made = Account.creator().setFriendlyName("Initech").create(sdk(first));

    assertThat(made.getAuthToken()).matches("[0-9a-f]{32}");
    assertThat(made.getOwnerAccountSid()).isEqualTo(first.user());
    assertThat(made.getStatus()).isEqualTo(Account.Status.ACTIVE);
    assertThat(made.getType()).isEqualTo(Account.Type.FULL);
    assertThat(made.getDateCreated())
        .isCloseTo(ZonedDateTime.now(), byLessThan(Duration.ofMinutes(1)));
    var fetched = Account.fetcher(made.getSid()).fetch(sdk(first));
    assertThat(fetched.getFriendlyName()).isEqualTo("Initech");
    assertThat(fetched.getAuthToken()).isNull();
    assertThat(first.as(made.getSid(), made.getAuthToken()).get("/v1/Workspaces").status())
        .isEqualTo(200);
  }

  @Test
  void areNamedAfterTheirCreationWhenNoNameComes() {
    assertThat(Account.creator().create(sdk(first)).getFriendlyName())
        .startsWith("SubAccount Created at ");
  }

  @Test
  void cannotBeCreatedByOthers() {
    refused(() -> Account.creator().create(sdk(acme)), 403, 20403);
  }

  @Test
  void seeOnlyThemselvesAndThoseTheyCreated() {
    assertThat(Account.reader().read(sdk(acme)))
        .singleElement()
        .returns(acme.user(), Account::getSid);
    assertThat(Account.reader().setPageSize(1L).read(sdk(first)))
        .extracting(Account::getSid)
        .contains(first.user(), acme.user(), globex.user());
    refused(() -> Account.fetcher(globex.user()).fetch(sdk(acme)), 404, 20404);
    refused(() -> Account.fetcher(first.user()).fetch(sdk(acme)), 404, 20404);
    refused(
        () -> Account.updater(globex.user()).setFriendlyName("Mine").update(sdk(acme)), 404, 20404);
  }

  @Test
  void areListedByNameAndStatus() {
    Account.updater(globex.user()).setFriendlyName("Hooli").update(sdk(first));
    Account.updater(globex.user()).setStatus(SUSPENDED).update(sdk(first));

    var found = Account.reader().setFriendlyName("Hooli").setStatus(SUSPENDED).read(sdk(first));

    assertThat(found).extracting(Account::getSid).contains(globex.user());
    assertThat(found).extracting(Account::getSid).doesNotContain(acme.user());
  }

  @Test
  void areRefusedFromTheMomentTheyAreSuspendedUntilTheyAreActiveAgain() {
    assertThat(acme.get("/v1/Workspaces").status()).isEqualTo(200);

    Account.updater(acme.user()).setStatus(SUSPENDED).update(sdk(first));

    var refused = acme.get("/v1/Workspaces");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("code").asInt()).isEqualTo(20005);
    assertThat(globex.get("/v1/Workspaces").status()).isEqualTo(200);
    Account.updater(acme.user()).setStatus(Account.Status.ACTIVE).update(sdk(first));
    assertThat(acme.get("/v1/Workspaces").status()).isEqualTo(200);
  }

  @Test
  void areClosedForGood() {
    Account.updater(acme.user()).setStatus(CLOSED).update(sdk(first));

    assertThat(acme.get("/v1/Workspaces").status()).isEqualTo(403);
    refused(
        () -> Account.updater(acme.user()).setStatus(Account.Status.ACTIVE).update(sdk(first)),
        400,
        20001);
  }

  @Test
  void haveTheirStatusChangedByTheirOwnerOnly() {
    refused(() -> Account.updater(acme.user()).setStatus(CLOSED).update(sdk(acme)), 403, 20403);
    refused(() -> Account.updater(first.user()).setStatus(CLOSED).update(sdk(first)), 400, 20001);
    refused(
        first.post("/2010-04-01/Accounts/" + acme.user() + ".json", "Status", "gone"),
        "Expected Status to be one of active, suspended, closed, but got 'gone'");
  }

  @Test
  void haveKeysWhoseSecretIsShownOnce() {
    var made = NewKey.creator().setFriendlyName("CI").create(sdk(acme));

    var withKey = acme.as(made.getSid(), made.getSecret());
    assertThat(withKey.get("/v1/Workspaces").status()).isEqualTo(200);
    assertThat(acme.get(key(made.getSid())).json().has("secret")).isFalse();
    assertThat(Key.fetcher(made.getSid()).fetch(sdk(acme)).getFriendlyName()).isEqualTo("CI");
    assertThat(
            Key.updater(made.getSid()).setFriendlyName("Build").update(sdk(acme)).getFriendlyName())
        .isEqualTo("Build");
  }

  @Test
  void loseAKeyAtOnceWhenItIsDeleted() {
    var made = NewKey.creator().create(sdk(acme));
    var withKey = acme.as(made.getSid(), made.getSecret());
    assertThat(withKey.get("/v1/Workspaces").status()).isEqualTo(200);

    assertThat(Key.deleter(made.getSid()).delete(sdk(acme))).isTrue();

    assertThat(withKey.get("/v1/Workspaces").status()).isEqualTo(401);
    refused(() -> Key.fetcher(made.getSid()).fetch(sdk(acme)), 404, 20404);
  }

  @Test
  void pageThroughTheirKeys() {
    var made =
        IntStream.range(0, 5).mapToObj(i -> NewKey.creator().create(sdk(acme)).getSid()).toList();

    var read = Key.reader().setPageSize(2L).read(sdk(acme));

    assertThat(read).extracting(Key::getSid).containsExactlyElementsOf(made);
    var second = acme.get(acme.get(keys(acme.user()) + "?PageSize=2").text("next_page_uri"));
    assertThat(second.json().path("page").asInt()).isEqualTo(1);
    assertThat(second.json().path("page_size").asInt()).isEqualTo(2);
    var back = acme.get(second.text("previous_page_uri"));
    assertThat(back.json().path("keys").get(0).path("sid").asString()).isEqualTo(made.get(0));
  }

  @Test
  void haveTheirKeysManagedByTheirOwnerButNoOneElse() {
    var made = NewKey.creator(acme.user()).create(sdk(first));

    assertThat(acme.as(made.getSid(), made.getSecret()).get("/v1/Workspaces").status())
        .isEqualTo(200);
    refused(() -> NewKey.creator(acme.user()).create(sdk(globex)), 404, 20404);
    refused(() -> Key.deleter(acme.user(), made.getSid()).delete(sdk(globex)), 404, 20404);
    refused(() -> Key.deleter(globex.user(), made.getSid()).delete(sdk(globex)), 404, 20404);
    assertThat(globex.get(keys(acme.user())).status()).isEqualTo(404);
  }

  @Test
  void keepCredentialsOutOfReachOfTheirKeys() {
    var made = NewKey.creator().create(sdk(acme));

    var answer = acme.as(made.getSid(), made.getSecret()).post(keys(acme.user()));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20403);
  }

  private String keys(String account) {
    return "/2010-04-01/Accounts/" + account + "/Keys.json";
  }

  private String key(String sid) {
    return "/2010-04-01/Accounts/" + acme.user() + "/Keys/" + sid + ".json";
  }

  private static TemporalUnitOffset byLessThan(Duration duration) {
    return new TemporalUnitLessThanOffset(duration.toSeconds(), ChronoUnit.SECONDS);
  }

  private static void refused(ThrowingCallable call, int status, int code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.getStatusCode()).isEqualTo(status);
              assertThat(failure.getCode()).isEqualTo(code);
            });
  }
}
