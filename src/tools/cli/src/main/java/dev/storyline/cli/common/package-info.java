/** What all commands share: the session, exit statuses, output as JSON, and errors with suggestions. */
@NullMarked
package dev.storyline.cli.common;

import org.jspecify.annotations.NullMarked;
