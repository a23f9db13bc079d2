package org.apache.beam.sdk.transforms;

import java.io.Serializable;

public interface SerializableFunction<A, B> extends Serializable {
  B apply(A input);
}
