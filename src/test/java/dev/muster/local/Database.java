package dev.muster.local;

/** How to reach one PostgreSQL database by JDBC. */
public record Database(String url, String username, String password) {}
