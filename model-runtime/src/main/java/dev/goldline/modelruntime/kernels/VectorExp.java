package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.VectorKernels.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential of {@link ExpConstants}, lane by lane the operations of {@link ScalarKernels#exp}. It stands in both
 * loops that need it: as a method of ours its vectors would be boxed.
 */
final class VectorExp {
    private static final int LANES = FLOATS.length();
    private static final FloatVector LOG2_E = FloatVector.broadcast(FLOATS, ExpConstants.LOG2_E);
    private static final FloatVector ROUND = FloatVector.broadcast(FLOATS, ExpConstants.ROUND);
    private static final FloatVector MINUS_LN2_HIGH = FloatVector.broadcast(FLOATS, -ExpConstants.LN2_HIGH);
    private static final FloatVector MINUS_LN2_LOW = FloatVector.broadcast(FLOATS, -ExpConstants.LN2_LOW);
    private static final FloatVector C2 = FloatVector.broadcast(FLOATS, ExpConstants.C2);
    private static final FloatVector C3 = FloatVector.broadcast(FLOATS, ExpConstants.C3);
    private static final FloatVector C4 = FloatVector.broadcast(FLOATS, ExpConstants.C4);
    private static final FloatVector C5 = FloatVector.broadcast(FLOATS, ExpConstants.C5);
    private static final FloatVector C6 = FloatVector.broadcast(FLOATS, ExpConstants.C6);
    private static final FloatVector C7 = FloatVector.broadcast(FLOATS, ExpConstants.C7);
    private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1f);

    private VectorExp() {}

    /** {@code x[i] = exp(x[i])}, each at most 0; {@code count} is a multiple of the lanes. */
    static void inPlace(float[] values, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, i);
            FloatVector clamped = x.max(ExpConstants.LEAST);
            FloatVector shifted = clamped.fma(LOG2_E, ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r = n.fma(MINUS_LN2_HIGH, clamped);
            r = n.fma(MINUS_LN2_LOW, r);
            FloatVector p = r.fma(C7, C6);
            p = p.fma(r, C5);
            p = p.fma(r, C4);
            p = p.fma(r, C3);
            p = p.fma(r, C2);
            p = p.fma(r, ONE);
            p = p.fma(r, ONE);
            IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector e = p.reinterpretAsInts().add(power).reinterpretAsFloats();
            e = e.blend(0f, x.compare(VectorOperators.LT, ExpConstants.LEAST));
            e.intoArray(values, i);
        }
    }

    /** {@code gate[i] = gate[i] sigmoid(gate[i]) up[i]} for all whole vectors; returns how many elements those are. */
    static int swiglu(float[] gate, float[] up, int at, int count) {
        int bound = FLOATS.loopBound(count);
        for (int i = at; i < at + bound; i += LANES) {
            FloatVector g = FloatVector.fromArray(FLOATS, gate, i);
            FloatVector x = g.abs().neg();
            FloatVector clamped = x.max(ExpConstants.LEAST);
            FloatVector shifted = clamped.fma(LOG2_E, ROUND);
            FloatVector n = shifted.sub(ROUND);
            FloatVector r = n.fma(MINUS_LN2_HIGH, clamped);
            r = n.fma(MINUS_LN2_LOW, r);
            FloatVector p = r.fma(C7, C6);
            p = p.fma(r, C5);
            p = p.fma(r, C4);
            p = p.fma(r, C3);
            p = p.fma(r, C2);
            p = p.fma(r, ONE);
            p = p.fma(r, ONE);
            IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector e = p.reinterpretAsInts().add(power).reinterpretAsFloats();
            e = e.blend(0f, x.compare(VectorOperators.LT, ExpConstants.LEAST));
            FloatVector sigmoid =
                    ONE.blend(e, g.compare(VectorOperators.LT, 0f)).div(e.add(ONE));
            g.mul(sigmoid).mul(FloatVector.fromArray(FLOATS, up, i)).intoArray(gate, i);
        }
        return bound;
    }
}
