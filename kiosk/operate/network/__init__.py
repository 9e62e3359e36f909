"""Network of the appliance: who is on which interface, and the files of the engines that make it.

systemd-networkd gives addresses, hostapd opens access points, wpa_supplicant finds a hotspot, and
nftables keeps them apart. `docs/decisions/0071-staff-and-visitors-apart.md` says why so.
"""
