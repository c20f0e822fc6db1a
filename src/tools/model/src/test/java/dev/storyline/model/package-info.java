@NullMarked
package dev.storyline.model;

import org.jspecify.annotations.NullMarked;
