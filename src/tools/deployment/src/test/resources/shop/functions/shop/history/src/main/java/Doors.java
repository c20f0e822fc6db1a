class Doors {
    Object query = edge.events();

    @Funq("history")
    void history() {}
}
