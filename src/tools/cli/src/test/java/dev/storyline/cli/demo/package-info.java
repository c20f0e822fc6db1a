/** Tests the demo. */
@NullMarked
package dev.storyline.cli.demo;

import org.jspecify.annotations.NullMarked;
