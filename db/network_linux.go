package db

import "syscall"

// onNetwork says whether a directory lies on NFS or a Windows share (numbers of statfs(2)).
func onNetwork(dir string) bool {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return false
	}
	switch uint32(s.Type) {
	case 0x6969, 0x517b, 0xff534d42, 0xfe534d42:
		return true
	}
	return false
}
