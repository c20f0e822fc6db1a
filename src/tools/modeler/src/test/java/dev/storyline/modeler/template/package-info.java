@NullMarked
package dev.storyline.modeler.template;

import org.jspecify.annotations.NullMarked;
