/** The commands that start Maven: tests, zips, native executables, benchmarks, formatting. */
@NullMarked
package dev.storyline.cli.build;

import org.jspecify.annotations.NullMarked;
