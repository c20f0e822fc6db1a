package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One invocation of a function that is to come.
 *
 * @param group the name of the group of schedules
 * @param name its name, unique in the group: 64 letters and digits at most
 * @param at when, in whole minutes
 * @param function the ARN of the function
 * @param role the ARN of the role that may invoke it
 * @param missed the ARN of the queue that gets the event if the function cannot be invoked
 * @param event the event, 256 KB at most
 */
public record OneTimeSchedule(
        String group, String name, Instant at, String function, String role, String missed, JsonNode event) {}
