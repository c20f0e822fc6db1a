package dev.storyline.naughtychildren.reportnaughtychild;

import dev.storyline.contexts.naughtychildren.ChildId;
import java.time.Instant;

/**
 * A child was naughty.
 *
 * @param childId the child
 * @param at when, as the reporter saw it
 */
public record ReportNaughtyChild(ChildId childId, Instant at) {}
