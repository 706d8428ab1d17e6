package io.github.tuyacloud.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares member names between the objects of a document: a trie in which each path from the root is a prefix of an
 * object's names. Objects of the same kind take the same path.
 */
final class NameTree {

    /** Names of objects with more members are not shared: checking a long path for duplicates is slow. */
    static final int MAX_DEPTH = 64;

    /** A document that needs more nodes has few objects of the same kind, or is malicious. */
    private static final int MAX_NODES = 5_000;

    private final Node root = new Node(null, "", 0);
    private int nodes;

    Node root() {
        return root;
    }

    /** Returns whether the tree may grow. */
    boolean hasRoom() {
        return nodes < MAX_NODES;
    }

    /** The end of a path; stands for an object with exactly these names so far. */
    final class Node {

        private final @Nullable Node parent;
        private final String name;
        private final int depth;
        private @Nullable Node lastTaken;
        private @Nullable Map<String, Node> others;
        private @Nullable MemberNames names;

        private Node(@Nullable Node parent, String name, int depth) {
            this.parent = parent;
            this.name = name;
            this.depth = depth;
        }

        int depth() {
            return depth;
        }

        /** Returns the path extended by a name, or null if the path contains that name already. */
        @Nullable
        Node next(String next) {
            Node likely = lastTaken;
            if (likely != null && likely.name.equals(next)) {
                return likely;
            }
            Node node = others == null ? null : others.get(next);
            if (node == null) {
                if (positionOf(next) >= 0) {
                    return null;
                }
                node = new Node(this, next, depth + 1);
                nodes++;
            }
            if (likely != null) {
                others = others == null ? new HashMap<>() : others;
                others.put(likely.name, likely);
            }
            lastTaken = node;
            return node;
        }

        /** Returns the position of a name on the path, or -1. */
        int positionOf(String target) {
            for (Node node = this; node.parent != null; node = node.parent) {
                if (node.name.equals(target)) {
                    return node.depth - 1;
                }
            }
            return -1;
        }

        /** Returns the names on the path, in order; always the same object. */
        MemberNames names() {
            if (names == null) {
                String[] path = new String[depth];
                for (Node node = this; node.parent != null; node = node.parent) {
                    path[node.depth - 1] = node.name;
                }
                names = new MemberNames(path);
            }
            return names;
        }
    }
}
