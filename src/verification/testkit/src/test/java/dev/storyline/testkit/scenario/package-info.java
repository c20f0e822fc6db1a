@NullMarked
package dev.storyline.testkit.scenario;

import org.jspecify.annotations.NullMarked;
