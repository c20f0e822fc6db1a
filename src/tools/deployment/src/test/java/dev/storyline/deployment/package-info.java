@NullMarked
package dev.storyline.deployment;

import org.jspecify.annotations.NullMarked;
