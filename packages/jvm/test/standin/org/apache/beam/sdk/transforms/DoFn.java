package org.apache.beam.sdk.transforms;

import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands in for Beam's class, which cannot be downloaded where the tests run: the names that CountEvents uses. It is not Beam. */
public abstract class DoFn<A, B> implements Serializable {
  private static final long serialVersionUID = 1;

  @Retention(RetentionPolicy.RUNTIME)
  public @interface Setup {}

  @Retention(RetentionPolicy.RUNTIME)
  public @interface StartBundle {}

  @Retention(RetentionPolicy.RUNTIME)
  public @interface ProcessElement {}

  @Retention(RetentionPolicy.RUNTIME)
  public @interface FinishBundle {}

  @Retention(RetentionPolicy.RUNTIME)
  public @interface Element {}

  @Retention(RetentionPolicy.RUNTIME)
  public @interface Timestamp {}

  public interface OutputReceiver<T> {
    void output(T output);
  }
}
