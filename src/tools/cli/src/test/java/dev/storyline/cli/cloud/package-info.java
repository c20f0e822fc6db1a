@NullMarked
package dev.storyline.cli.cloud;

import org.jspecify.annotations.NullMarked;
