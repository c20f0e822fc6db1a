package dev.storyline.naughtychildren.publishnaughtychildren;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class PublishNaughtyChildrenFunctionIT extends PublishNaughtyChildrenFunctionTest {}
