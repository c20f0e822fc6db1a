/** Fills a running local cloud with the life of a business, over public HTTP only. */
@NullMarked
package dev.storyline.cli.demo;

import org.jspecify.annotations.NullMarked;
