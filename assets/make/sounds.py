"""Make every sound of the game from noise and sines.

    python assets/make/sounds.py

Loops are built from whole periods in the frequency domain, so that they close without a click,
and last 20 s or more, so that nobody hears them turn. Mono, 16 bit.
"""

import wave
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "sounds"
LOW_HZ, HIGH_HZ = 11025, 22050
RNG = np.random.default_rng(90)


def loop_noise(seconds, shape):
    """Noise that closes on itself; `shape` gives the strength of each frequency in Hz."""
    n = seconds * LOW_HZ
    hz = np.fft.rfftfreq(n, 1 / LOW_HZ)
    spectrum = np.zeros(len(hz))
    spectrum[1:] = shape(hz[1:])
    phase = np.exp(2j * np.pi * RNG.random(len(hz)))
    return np.fft.irfft(spectrum * phase, n)


def slow(seconds, low, high, fastest_hz=0.35):
    """A slowly wandering level between two values that closes on itself."""
    wave_ = loop_noise(seconds, lambda hz: (hz < fastest_hz) / np.maximum(hz, 0.05))
    wave_ = (wave_ - wave_.min()) / np.ptp(wave_)
    return low + (high - low) * wave_


def tones(seconds, parts, wobble=0.0):
    """Sines of whole periods."""
    t = np.arange(seconds * LOW_HZ) / LOW_HZ
    out = np.zeros_like(t)
    for hz, level in parts:
        whole = round(hz * seconds) / seconds
        drift = wobble * np.sin(2 * np.pi * t * 3 / seconds + hz)
        out += level * np.sin(2 * np.pi * whole * t + drift)
    return out


def hum():
    air = loop_noise(24, lambda hz: 1 / (1 + (hz / 180) ** 2) * (hz > 40))
    air /= np.abs(air).max()
    return (0.55 * air + 0.25 * tones(24, ((60, 1), (120, 0.4), (180, 0.16)), 0.8)) * slow(
        24, 0.85, 1
    )


def wind():
    low = loop_noise(22, lambda hz: np.exp(-(np.log(hz / 260) ** 2) / 0.9))
    high = loop_noise(22, lambda hz: np.exp(-(np.log(hz / 900) ** 2) / 0.25))
    return low / np.abs(low).max() * slow(22, 0.35, 1, 0.5) + 0.3 * high / np.abs(
        high
    ).max() * slow(22, 0, 1, 0.4)


def motor():
    whine = tones(20, ((96, 0.5), (192, 0.35), (288, 0.2), (410, 0.14), (824, 0.05)), 2.0)
    grit = loop_noise(20, lambda hz: np.exp(-(np.log(hz / 1400) ** 2) / 0.5))
    t = np.arange(20 * LOW_HZ) / LOW_HZ
    teeth = 0.75 + 0.25 * np.sin(2 * np.pi * 11 * t)
    return whine * slow(20, 0.8, 1) * 0.5 + grit / np.abs(grit).max() * 0.28 * teeth


def axis(seconds):
    return np.arange(int(seconds * HIGH_HZ)) / HIGH_HZ


def bell(t, hz, decay_s, parts=((1, 1), (2, 0.35), (3.01, 0.12))):
    return sum(k * np.sin(2 * np.pi * hz * m * t) * np.exp(-t / decay_s * m) for m, k in parts)


def burst(t, start, decay_s, low, high):
    noise = RNG.standard_normal(len(t))
    spectrum = np.fft.rfft(noise)
    hz = np.fft.rfftfreq(len(t), 1 / HIGH_HZ)
    spectrum *= (hz > low) * (hz < high)
    noise = np.fft.irfft(spectrum, len(t))
    since = t - start
    return np.where(
        since > 0, noise / np.abs(noise).max() * np.exp(-np.maximum(since, 0) / decay_s), 0
    )


def shutter():
    t = axis(0.35)
    return (
        burst(t, 0.005, 0.012, 900, 7000)
        + 0.6 * burst(t, 0.085, 0.02, 500, 5000)
        + 0.2 * burst(t, 0.1, 0.06, 200, 1500)
    )


def laser():
    t = axis(1.6)
    ticks = sum(burst(t, 0.03 + 0.14 * k, 0.006, 2500, 9000) for k in range(11))
    return ticks * 0.8 + 0.06 * np.sin(2 * np.pi * 1900 * t) * np.exp(-t)


def sweep(seconds, start_hz, end_hz):
    t = axis(seconds)
    hz = start_hz * (end_hz / start_hz) ** (t / seconds)
    fade = np.sin(np.pi * np.clip(t / seconds, 0, 1)) ** 0.6
    return np.sin(2 * np.pi * np.cumsum(hz) / HIGH_HZ) * fade


def pass_up():
    return np.concatenate([sweep(0.16, 620, 930), np.zeros(900), sweep(0.22, 930, 1240)]) * 0.7


def pass_down():
    return np.concatenate([sweep(0.16, 930, 620), np.zeros(900), sweep(0.26, 620, 415)]) * 0.7


def home():
    t = axis(1.8)
    late = np.maximum(t - 0.17, 0)
    return bell(t, 659.3, 0.5) + np.where(t > 0.17, 1, 0) * bell(late, 987.8, 0.7) * 0.9


def paper():
    t = axis(0.14)
    return 0.7 * burst(t, 0.002, 0.014, 1500, 8000) + 0.35 * burst(t, 0.03, 0.02, 900, 5000)


def refused():
    t = axis(0.3)
    return (np.sin(2 * np.pi * 196 * t) + 0.4 * np.sin(2 * np.pi * 185 * t)) * np.exp(-t / 0.09)


def alarm_caution():
    t = axis(1.0)
    late = np.maximum(t - 0.3, 0)
    return bell(t, 523.3, 0.3) + np.where(t > 0.3, 1, 0) * bell(late, 440, 0.35)


def alarm_act():
    t = axis(1.3)
    out = np.zeros_like(t)
    for k in range(3):
        since = t - 0.32 * k
        out += np.where(
            (since > 0) & (since < 0.22), np.sin(2 * np.pi * (740 if k % 2 == 0 else 587) * t), 0
        )
    return np.convolve(out, np.ones(60) / 60, mode="same")


SOUNDS = {
    "hum": (hum, LOW_HZ), "wind": (wind, LOW_HZ), "motor": (motor, LOW_HZ),
    "shutter": (shutter, HIGH_HZ), "laser": (laser, HIGH_HZ), "pass_up": (pass_up, HIGH_HZ),
    "pass_down": (pass_down, HIGH_HZ), "home": (home, HIGH_HZ), "paper": (paper, HIGH_HZ),
    "refused": (refused, HIGH_HZ), "alarm_caution": (alarm_caution, HIGH_HZ),
    "alarm_act": (alarm_act, HIGH_HZ),
}  # fmt: skip


def main() -> None:
    """Write every sound, its peak at -3 dB."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (make, rate_hz) in SOUNDS.items():
        samples = make()
        samples = samples / np.abs(samples).max() * 10 ** (-3 / 20)
        with wave.open(str(OUT / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes((samples * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
