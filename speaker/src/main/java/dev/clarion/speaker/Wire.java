package dev.clarion.speaker;

import dev.clarion.arpndp.L2Intent;

/** What the loop drives: the announcers of this node. All methods return at once. */
interface Wire {
    /** Makes this the desired state of layer 2, whole. */
    void layer2(L2Intent intent);

    /** The loop lives; without this call for a second nothing is answered. */
    void alive();
}
