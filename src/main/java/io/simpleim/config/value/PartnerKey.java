package io.simpleim.config.value;

/** A key that identifies the partner of that name. A partner may have several. Immutable; prints no secret. */
public record PartnerKey(String name, HashedSecret secret) {}
