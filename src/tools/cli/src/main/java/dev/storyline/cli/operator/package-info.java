/** The operator's commands: parked streams, redrive, reconcile, rebuild. */
@NullMarked
package dev.storyline.cli.operator;

import org.jspecify.annotations.NullMarked;
