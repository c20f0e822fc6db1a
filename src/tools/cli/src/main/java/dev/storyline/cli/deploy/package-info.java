/** The commands of the deployment: {@code ./storyline deploy ...}. */
@NullMarked
package dev.storyline.cli.deploy;

import org.jspecify.annotations.NullMarked;
