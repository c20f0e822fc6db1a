/** Tests of what operators work on. */
@NullMarked
package dev.storyline.local.operator;

import org.jspecify.annotations.NullMarked;
