@NullMarked
package dev.storyline.cli;

import org.jspecify.annotations.NullMarked;
