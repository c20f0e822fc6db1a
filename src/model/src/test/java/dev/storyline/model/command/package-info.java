@NullMarked
package dev.storyline.model.command;

import org.jspecify.annotations.NullMarked;
