@NullMarked
package dev.storyline.testkit;

import org.jspecify.annotations.NullMarked;
