package io.simpleim.config.value;

/** Shows that a request comes from the partner of that name. Immutable; prints no secret. */
public record PartnerKey(String name, HashedSecret secret) {}
