package dev.storyline.eventstore;

class InMemoryAtomicCommandTest extends AtomicCommandContract {
    private final EventStore store = new InMemoryEventStore();

    @Override
    EventStore store() {
        return store;
    }
}
