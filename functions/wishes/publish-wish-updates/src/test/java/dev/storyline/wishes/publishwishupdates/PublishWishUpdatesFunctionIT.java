package dev.storyline.wishes.publishwishupdates;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class PublishWishUpdatesFunctionIT extends PublishWishUpdatesFunctionTest {}
