/** The command that runs everything on this machine. */
@NullMarked
package dev.storyline.cli.cloud;

import org.jspecify.annotations.NullMarked;
