package dev.storyline.wishes.publishnaughtiness;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class PublishNaughtinessFunctionIT extends PublishNaughtinessFunctionTest {}
