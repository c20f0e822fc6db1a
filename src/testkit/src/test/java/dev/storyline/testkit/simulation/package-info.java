@NullMarked
package dev.storyline.testkit.simulation;

import org.jspecify.annotations.NullMarked;
