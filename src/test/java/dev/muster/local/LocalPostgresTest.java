package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPostgresTest {

  private final LocalPostgres postgres = LocalPostgres.throwAway();
  private Database database;

  @BeforeEach
  void given() throws Exception {
    postgres.start();
    database = postgres.database("kept");
    write("CREATE TABLE note AS SELECT 'still here' AS text");
  }

  @AfterEach
  void end() {
    postgres.close();
  }

  @Test
  void isPostgres18AndItsOwnerIsNoSuperuser() throws Exception {
    assertThat(read("SHOW server_version")).startsWith("18");
    assertThat(read("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).isEqualTo("f");
  }

  @Test
  void keepsDataWhenStoppedAndStarted() throws Exception {
    postgres.stop();
    postgres.start();

    assertThat(read("SELECT text FROM note")).isEqualTo("still here");
  }

  @Test
  void keepsDataWhenKilledAndStarted() throws Exception {
    postgres.kill();
    postgres.start();

    assertThat(read("SELECT text FROM note")).isEqualTo("still here");
  }

  private String read(String sql) throws Exception {
    try (var connection = connect();
        var result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private void write(String sql) throws Exception {
    try (var connection = connect()) {
      connection.createStatement().execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return database.source().getConnection();
  }
}
