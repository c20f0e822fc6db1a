package dev.storyline.model;

import java.time.LocalDate;
import java.util.Map;

/**
 * A signed review: a person in a role has completed a step of the process with the model of that day.
 *
 * @param step the step, by its name ({@code refine})
 * @param role the role of the reviewer
 * @param by the reviewer
 * @param on the day
 * @param of the seals (hashes) of all reviewed elements, by kind and name ({@code event WishApproved}). An element whose seal
 *     has changed needs a new review
 * @param place its location in the file
 */
public record Review(String step, String role, String by, LocalDate on, Map<String, String> of, SourceLocation place) {}
