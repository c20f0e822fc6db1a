package dev.storyline.local.gateway;

import dev.storyline.local.common.HttpAnswer;

/** A request that the gateway answers itself instead of invoking a function. */
final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient HttpAnswer answer;

    RequestRefused(HttpAnswer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    HttpAnswer answer() {
        return answer;
    }
}
