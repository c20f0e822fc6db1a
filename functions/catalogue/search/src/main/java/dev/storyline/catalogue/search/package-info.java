/** Everybody finds products by words. */
@NullMarked
package dev.storyline.catalogue.search;

import org.jspecify.annotations.NullMarked;
