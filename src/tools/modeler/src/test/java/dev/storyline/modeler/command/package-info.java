@NullMarked
package dev.storyline.modeler.command;

import org.jspecify.annotations.NullMarked;
