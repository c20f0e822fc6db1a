/** What happened, when, and because of what: the commands that read the recorded events of all contexts. */
@NullMarked
package dev.storyline.local.history;

import org.jspecify.annotations.NullMarked;
