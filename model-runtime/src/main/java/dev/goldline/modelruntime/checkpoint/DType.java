package dev.goldline.modelruntime.checkpoint;

import java.util.Optional;

/** Element types of safetensors files that this runtime can read; others may be present but not used. */
public enum DType {
    F32(4),
    F16(2),
    BF16(2),
    F8_E4M3(1),
    I32(4),
    U8(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are floating-point numbers. */
    public boolean isFloat() {
        return switch (this) {
            case F32, F16, BF16, F8_E4M3 -> true;
            case I32, U8 -> false;
        };
    }

    static Optional<DType> named(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
