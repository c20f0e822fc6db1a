class Endpoints {
    Object query = edge.events();

    @Funq("history")
    void history() {}
}
