/** What the modules of the runtime share: JSON, log lines, back-off, bounded caches, transient failures. */
@NullMarked
package dev.storyline.common;

import org.jspecify.annotations.NullMarked;
