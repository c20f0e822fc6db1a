/** The command lines about the model: {@code ./storyline model ...} and {@code ./storyline slice ...}. */
@NullMarked
package dev.storyline.modeler.command;

import org.jspecify.annotations.NullMarked;
