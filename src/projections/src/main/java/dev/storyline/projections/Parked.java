package dev.storyline.projections;

import java.time.Instant;

/**
 * Why a projection stands still at one stream, while all others go on.
 *
 * @param version the first version that it could not step over
 * @param reason what went wrong, one sentence
 * @param at when
 */
public record Parked(long version, String reason, Instant at) {}
