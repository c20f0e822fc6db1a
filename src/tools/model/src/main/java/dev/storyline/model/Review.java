package dev.storyline.model;

import java.time.LocalDate;
import java.util.Map;

/**
 * Somebody in a role has gone through a step of the process with the model as it was.
 *
 * @param step the step, by its name ({@code refine})
 * @param role in which role
 * @param by who
 * @param on when
 * @param of the seal of everything that was looked at, as it was then, by kind and name ({@code event WishApproved}):
 *     what has another seal today is open again
 * @param place where it stands
 */
public record Review(String step, String role, String by, LocalDate on, Map<String, String> of, SourceLocation place) {}
