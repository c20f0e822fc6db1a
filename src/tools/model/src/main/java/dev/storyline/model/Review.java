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
@Part(value = "A review", says = "Somebody in a role has gone through a step with the model as it was.")
public record Review(
        @Key(says = "The step.", required = true) String step,
        @Key(says = "In which role.", required = true) String role,
        @Key(says = "Who.", required = true) String by,

        @Key(says = "When, like 2026-11-30.", required = true)
        LocalDate on,

        @Key(says = "The seals of what was looked at: what has another seal today is open again.")
        Map<String, String> of,

        SourceLocation place) {}
