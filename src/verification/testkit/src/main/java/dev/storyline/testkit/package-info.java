/**
 * Tests as specifications: given events, when a command or an event, then events, a rejection, rows or effects. Pure,
 * over the kernel's machines as they are, without mocks.
 */
@NullMarked
package dev.storyline.testkit;

import org.jspecify.annotations.NullMarked;
