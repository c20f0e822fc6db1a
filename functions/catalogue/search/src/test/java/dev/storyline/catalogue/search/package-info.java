/** Tests of the search over an index in memory. */
@NullMarked
package dev.storyline.catalogue.search;

import org.jspecify.annotations.NullMarked;
