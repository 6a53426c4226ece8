"""What one place feels at one moment: the only thing a machine knows of nature."""

from typing import NamedTuple


class Surroundings(NamedTuple):
    """Light, air and ground at one tick, as plain numbers.

    A named tuple, because one is made in every step and takes a fifth of the time of a frozen
    dataclass of this size; vary one with `_replace`.

    Attributes
    ----------
    tick, sol : Mission time [s] and sol; the landing sol is 1.
    lmst_h, ltst_h : Local mean and true solar time, 0 to 24. [Mars hour]
    ls_rad : Season: areocentric longitude of the Sun. [rad]
    sun_elevation_rad, sun_azimuth_rad : The Sun's centre; azimuth clockwise from north. [rad]
    tau : Optical depth of dust and haze. [-]
    beam_w_m2 : Direct light on a plane facing the Sun. [W/m2]
    diffuse_w_m2, global_w_m2 : Sky light, and all light, on a level plane. [W/m2]
    ground_k, air_k : Skin of the soil; air at 1.5 m. [K]
    longwave_w_m2 : Heat radiation of the air, downward. [W/m2]
    pressure_pa : With tide, weather and passing vortices. [Pa]
    wind_m_s, wind_from_rad : Speed, and where it comes from, clockwise from north. [m/s, rad]
    frost_point_k : Below this, water ice settles. [K]
    dust_rate_1_s : Relative loss of array transmission by falling dust. [1/s]
    """

    tick: int
    sol: int
    lmst_h: float
    ltst_h: float
    ls_rad: float
    sun_elevation_rad: float
    sun_azimuth_rad: float
    tau: float
    beam_w_m2: float
    diffuse_w_m2: float
    global_w_m2: float
    ground_k: float
    air_k: float
    longwave_w_m2: float
    pressure_pa: float
    wind_m_s: float
    wind_from_rad: float
    frost_point_k: float
    dust_rate_1_s: float
